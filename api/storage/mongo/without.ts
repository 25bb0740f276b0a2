/** The document as it is once a field is gone. */
export function without<Document extends object, Field extends keyof Document>(
  document: Document,
  field: Field,
): Omit<Document, Field> {
  const { [field]: gone, ...rest } = document;
  void gone;
  return rest;
}
