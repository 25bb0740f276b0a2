import { z } from 'zod';
import type { UnsupportedContent } from '../../messages/message-content.ts';
import { label, optional } from './fields.ts';

const described = z.object({
  type: optional(label),
  unsupported: optional(z.object({ type: optional(label) })),
  interactive: optional(z.object({ type: optional(label) })),
  errors: optional(
    z.array(
      z.object({
        title: optional(label),
        message: optional(label),
        error_data: optional(z.object({ details: optional(label) })),
      }),
    ),
  ),
});

/** JSON.stringify calls itself for each level; no message of WhatsApp's is near this deep. */
const maxDepth = 200;

/** The message as it came. Meta's own reason, where it gave one, says more than ours. */
export function unsupported(message: unknown, problem: string | null): UnsupportedContent {
  const found = described.parse(message);
  const [error] = found.errors ?? [];
  const inner = found.unsupported?.type ?? interactiveType(found);
  return {
    type: 'UNSUPPORTED',
    rawType: inner ?? found.type ?? 'unknown',
    reason: error?.error_data?.details ?? error?.message ?? error?.title ?? problem,
    raw: isDeeperThan(message, maxDepth) ? tooDeep : JSON.stringify(message),
  };
}

const tooDeep = JSON.stringify(`nested deeper than ${String(maxDepth)} levels; see the journal`);

function interactiveType({ type, interactive }: z.output<typeof described>): string | null {
  const inner = interactive?.type ?? null;
  return type === 'interactive' && inner !== null ? `interactive ${inner}` : null;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
