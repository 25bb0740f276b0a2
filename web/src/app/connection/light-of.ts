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
        label: 'No connection',
        advice:
          'Trying again by itself. You can go on reading and writing: messages wait here and go out once when the connection is back.',
      };
    case 'catching-up':
      return { colour: 'red', label: 'Catching up…', advice: null };
    case 'connecting':
      return { colour: 'grey', label: 'Connecting…', advice: null };
    case 'live':
      return health === null ? connected : lightOfHealth(health);
  }
}

const connected: Light = { colour: 'green', label: 'Connected', advice: null };

function lightOfHealth(health: Health): Light {
  if (!health.configured) {
    return {
      colour: 'amber',
      label: 'WhatsApp is not configured',
      advice: `Messages can be read but not sent or received. Set ${listed(health.missingSettings)} on the server and start it again.`,
    };
  }
  if (health.outbox.pausedReason !== null) {
    return { colour: 'amber', label: 'Sending is paused', advice: health.outbox.pausedReason };
  }
  return connected;
}

/** What the server warns of, without what the light tells already. */
export function warningsBeside({ advice }: Light, health: Health | null): readonly string[] {
  const warnings = health?.warnings ?? [];
  return advice === null ? warnings : warnings.filter((warning) => !warning.includes(advice));
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'the WhatsApp settings';
  const [last = '', ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
