import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { createSchema, printedSchema } from '../api/graphql/schema.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** One line per thing that a client can rely on: its name, type and nullability. */
function promisesOf(schema: GraphQLSchema): string[] {
  return ownTypes(schema).flatMap((type) => promisesOfType(type));
}

function promisesOfType(type: GraphQLNamedType): string[] {
  const name = type.name;
  if (isEnumType(type)) return type.getValues().map((value) => `${name}.${value.name}`);
  if (isUnionType(type)) return type.getTypes().map((member) => `${name} = ${member.name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(
      (field) => `${name}.${field.name}: ${String(field.type)} = ${String(field.defaultValue)}`,
    );
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    return [
      ...type.getInterfaces().map((parent) => `${name} implements ${parent.name}`),
      ...fields.map((field) => `${name}.${field.name}: ${String(field.type)}`),
      ...fields.flatMap((field) =>
        field.args.map(
          (argument) =>
            `${name}.${field.name}(${argument.name}: ${String(argument.type)} = ${String(argument.defaultValue)})`,
        ),
      ),
    ];
  }
  return [`scalar ${name}`];
}

function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Every type, field, argument, enum value and input field, by its full name. */
function describedItems(schema: GraphQLSchema): [string, Described][] {
  const named = (prefix: string, items: readonly Described[]) =>
    items.map((item): [string, Described] => [`${prefix}.${item.name}`, item]);
  return ownTypes(schema).flatMap((type): [string, Described][] => {
    const self: [string, Described] = [type.name, type];
    if (isEnumType(type)) return [self, ...named(type.name, type.getValues())];
    if (isInputObjectType(type)) {
      return [self, ...named(type.name, Object.values(type.getFields()))];
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [self];
    const fields = Object.values(type.getFields());
    const ofArguments = fields.flatMap((field) => named(`${type.name}.${field.name}`, field.args));
    return [self, ...named(type.name, fields), ...ofArguments];
  });
}

describe('the schema', () => {
  it('is the one in schema.graphql: `npm run schema` prints it', () => {
    expect(printedSchema()).toBe(read('../schema.graphql'));
  });

  it('holds all of the contract', () => {
    const contract = promisesOf(buildSchema(read('fixtures/contract.graphql')));
    expect(contract.length).toBeGreaterThan(200);
    const kept = new Set(promisesOf(createSchema()));
    expect(contract.filter((promise) => !kept.has(promise))).toEqual([]);
  });

  it('asks for nothing that the contract does not ask for', () => {
    const contract = buildSchema(read('fixtures/contract.graphql'));
    const required = (schema: GraphQLSchema) =>
      promisesOf(schema)
        .filter((line) => /[(.]\w+: .*! = undefined/.test(line))
        .sort();
    expect(required(createSchema())).toEqual(required(contract));
  });

  it('describes every type, field, argument and value', () => {
    const items = describedItems(createSchema());
    expect(items.length).toBeGreaterThan(250);
    const bare = items.filter(([, { description }]) => (description ?? '').trim() === '');
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});
