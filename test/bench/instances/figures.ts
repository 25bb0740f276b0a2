import type { Control } from '../../simulator/control.ts';
import type { FeedFollower } from '../soak/feed-follower.ts';
import { complaintFigures, machine, seconds, tally } from '../soak/report.ts';
import type { Figure } from '../soak/report.ts';
import type { Stored } from '../soak/stored.ts';
import type { Traffic } from '../soak/traffic.ts';
import { longestWaitMs } from './compare.ts';
import type { EitherApi } from './either-api.ts';
import type { Instance } from './instance.ts';
import type { Mishap } from './mishaps.ts';
import type { InstancesSettings } from './settings.ts';

export interface Measured {
  readonly settings: InstancesSettings;
  readonly control: Control;
  readonly traffic: Traffic;
  readonly api: EitherApi;
  readonly instances: readonly Instance[];
  readonly followers: readonly FeedFollower[];
  readonly mishaps: readonly Mishap[];
  readonly stored: Stored;
  readonly timing: {
    readonly trafficMs: number;
    readonly settledMs: number;
    /** Webhooks that were accepted while there was traffic. */
    readonly deliveredInTime: number;
  };
}

export function figuresOf(measured: Measured): Figure[] {
  const { settings, control, traffic, api, instances, followers, mishaps, stored } = measured;
  const { trafficMs, settledMs, deliveredInTime } = measured.timing;
  const webhooks = control.webhooks();
  const refused = control.sends().filter(({ wamid }) => wamid === null).length;
  const figures = followers.map((follower) => follower.figures);
  const starts = instances.flatMap((instance) => instance.starts);
  const perSecond = (deliveredInTime / trafficMs) * 1_000;
  return [
    machine,
    ['seed', String(settings.seed)],
    ['traffic', `${seconds(trafficMs)}, then ${seconds(settledMs)} until quiet`],
    ['what happened to the instances', tally(mishaps.map(({ kind }) => kind))],
    ['slowest start', seconds(Math.max(...starts))],
    ['written by customers', String(traffic.figures.written)],
    ['sent by the business', String(traffic.figures.sent)],
    ['marked read', String(traffic.figures.readMarks)],
    ['calls to the API of WhatsApp', `${control.sends().length}, ${refused} refused`],
    ['longest wait of a send', seconds(longestWaitMs(control, api.lines))],
    ['calls to our API in vain', String(api.repeats)],
    [
      'webhooks accepted',
      `${webhooks.delivered}, ${perSecond.toFixed(0)} per second, ${webhooks.duplicated} on purpose twice`,
    ],
    ['webhook attempts in vain', String(webhooks.failed)],
    ['final statuses', tally([...stored.chats.values()].flat().map(({ status }) => status))],
    ['feed events per subscriber', figures.map(({ events }) => events).join(', ')],
    ['feed connections per subscriber', figures.map(({ connections }) => connections).join(', ')],
    ['of these put off by the server', figures.map(({ putOff }) => putOff).join(', ')],
    ...instances.flatMap((instance) => complaintFigures(instance.log.complaints())),
  ];
}
