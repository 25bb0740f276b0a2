// Writes schema.graphql, from which the app's types are generated. usage: npm run schema
import { writeFileSync } from 'node:fs';
import { printedSchema } from '../api/graphql/schema.ts';

writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema());
