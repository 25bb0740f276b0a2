import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const place = "'__FIRST_QUESTION__'";

/** Writes into the page what it asks before its scripts are there: the app's own first operation, as the app asks it. */
export function writeFirstQuestion(site, operations) {
  const page = path.join(site, 'index.html');
  const html = readFileSync(page, 'utf8');
  if (!html.includes(place)) throw new Error(`index.html has no place ${place}.`);
  const question = JSON.stringify(questionIn(readFileSync(operations, 'utf8')));
  // As a string of a script of a page: nothing in it may end the script.
  const literal = JSON.stringify(question).replaceAll('<', '\\u003c');
  writeFileSync(
    page,
    html.replace(place, () => literal),
  );
}

function questionIn(generated) {
  const { Kind, print, stripIgnoredCharacters, visit } = createRequire(import.meta.url)('graphql');
  const [, json] = /InboxStartDocument = (\{.*\}) as unknown/.exec(generated) ?? [];
  if (json === undefined) throw new Error('There is no operation InboxStart.');
  const typeName = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  const document = visit(JSON.parse(json), {
    // The cache wants to know what each object is, but for the root.
    SelectionSet: (node, _key, parent) =>
      parent.kind === Kind.OPERATION_DEFINITION || node.selections.some(isTypeName)
        ? undefined
        : { ...node, selections: [...node.selections, typeName] },
  });
  return {
    operationName: 'InboxStart',
    variables: {},
    query: stripIgnoredCharacters(print(document)),
  };
}

function isTypeName(selection) {
  return selection.name?.value === '__typename';
}
