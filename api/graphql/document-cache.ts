import type { DocumentNode } from 'graphql';

/** Parsed documents by their text. */
export interface DocumentCache {
  get(text: string): DocumentNode | undefined;
  set(text: string, document: DocumentNode): void;
}

/**
 * The documents that were used last. A document of 2,000 tokens takes 1 MB once it is parsed, so a
 * client that thinks of ever new ones would otherwise fill the memory.
 */
export function createDocumentCache(size: number): DocumentCache {
  const documents = new Map<string, DocumentNode>();

  function put(text: string, document: DocumentNode): void {
    documents.delete(text);
    documents.set(text, document);
  }

  return {
    get(text) {
      const found = documents.get(text);
      if (found !== undefined) put(text, found);
      return found;
    },
    set(text, document) {
      put(text, document);
      const [oldest] = documents.keys();
      if (documents.size > size && oldest !== undefined) documents.delete(oldest);
    },
  };
}
