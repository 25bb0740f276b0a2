/** The document as it is once a field is gone. */
export function without<Document extends object, Field extends keyof Document>(
  document: Document,
  field: Field,
): Omit<Document, Field> {
  const rest: Omit<Document, Field> = { ...document };
  Reflect.deleteProperty(rest, field);
  return rest;
}
