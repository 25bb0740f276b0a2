/** Made when it is first asked for: what depends on the language cannot be made before that is known. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
