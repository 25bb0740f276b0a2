import type { BusinessNumber } from '../delivery-element.ts';
import type { People } from './people.ts';

/** Where an element stands, and what its surroundings say about it. */
export interface ElementContext {
  readonly path: string;
  readonly business: BusinessNumber;
  readonly people: People;
}
