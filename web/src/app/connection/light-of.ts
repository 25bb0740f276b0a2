import { serverText } from '../../locale/server-text';
import { listOf } from '../ui/numbers';
import type { LiveState } from './live-updates';
import type { Health } from './server-health';

export interface Light {
  readonly colour: 'green' | 'amber' | 'red' | 'grey';
  /** The words beside the colour. */
  readonly label: string;
  /** What it means and what to do; null when there is nothing to do. */
  readonly advice: string | null;
}

/** What the connection light shows. A lost connection comes first: all else may be out of date. */
export function lightOf(live: LiveState, health: Health | null): Light {
  switch (live) {
    case 'offline':
      return {
        colour: 'red',
        label: $localize`No connection`,
        advice: $localize`Trying again by itself. You can go on reading and writing: messages wait here and go out once when the connection is back.`,
      };
    case 'catching-up':
      return { colour: 'red', label: $localize`Catching up…`, advice: null };
    case 'connecting':
      return { colour: 'grey', label: $localize`Connecting…`, advice: null };
    case 'live':
      return health === null ? connected() : lightOfHealth(health);
  }
}

function connected(): Light {
  return { colour: 'green', label: $localize`Connected`, advice: null };
}

function lightOfHealth(health: Health): Light {
  if (!health.configured) {
    return {
      colour: 'amber',
      label: $localize`WhatsApp is not configured`,
      advice: settingsAdvice(health.missingSettings),
    };
  }
  if (health.outbox.pausedReason !== null) {
    return {
      colour: 'amber',
      label: $localize`Sending is paused`,
      advice: serverText(health.outbox.pausedReason),
    };
  }
  return connected();
}

/** What the server warns of, without what the light tells already. */
export function warningsBeside({ advice }: Light, health: Health | null): readonly string[] {
  const warnings = (health?.warnings ?? []).map(serverText);
  return advice === null ? warnings : warnings.filter((warning) => !warning.includes(advice));
}

function settingsAdvice(missing: readonly string[]): string {
  return missing.length === 0
    ? $localize`Messages can be read but not sent or received. Set the WhatsApp settings on the server and start it again.`
    : $localize`Messages can be read but not sent or received. Set ${listOf(missing)}:settings: on the server and start it again.`;
}
