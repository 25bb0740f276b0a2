import { getOperationAST, parse } from 'graphql';
import type { ExecutionArgs, GraphQLError, ParseOptions, Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { documentLimitRules } from './document-limits.ts';
import { limitRefusal } from './limit-refusal.ts';
import type { Limits } from './limits.ts';
import { operationCost } from './operation-cost.ts';

/** Refuses operations that ask for too much, on every transport, before anything is looked up. */
export function useLimits(limits: Limits): Plugin {
  const rules = documentLimitRules(limits);
  return {
    onRequestParse: () => ({
      onRequestParseDone({ requestParserResult }) {
        if (Array.isArray(requestParserResult)) throw batchRefusal;
      },
    }),
    onParse({ setParseFn }) {
      setParseFn((source: string | Source, options?: ParseOptions) =>
        parse(source, { ...options, maxTokens: limits.tokens }),
      );
    },
    onValidate({ addValidationRule }) {
      rules.forEach(addValidationRule);
    },
    onExecute({ args, setResultAndStopExecution }) {
      const refusal = costRefusal(args, limits.cost);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = costRefusal(args, limits.cost);
      if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

const batchRefusal = limitRefusal({
  limit: 'batch',
  value: 1,
  message: 'The batch limit is 1: send one operation in each request.',
  status: 400,
});

function costRefusal(args: ExecutionArgs, value: number): GraphQLError | null {
  const { schema, document, operationName, variableValues } = args;
  const operation = getOperationAST(document, operationName);
  if (operation == null) return null;
  const cost = operationCost(schema, { document, operation, variables: variableValues ?? {} });
  if (cost <= value) return null;
  const message = `The operation costs ${cost}; the cost limit is ${value}. Ask for smaller pages or fewer fields.`;
  return limitRefusal({ limit: 'cost', value, message, nodes: [operation] });
}
