import { StartError } from '../../../api/errors.ts';
import { openSqliteTransfer } from '../../../api/storage/sqlite/transfer/transfer.ts';
import type { BusinessNumber } from '../options.ts';
import { layPast } from './lay-past.ts';
import type { PastChat } from './past.ts';
import { scenePlace } from './scene-place.ts';
import type { ScenePlace } from './scene-place.ts';
import type { Scene } from './scene.ts';

export interface Setting {
  readonly directory: string;
  readonly name: string;
  readonly scene: Scene;
  readonly business: BusinessNumber;
  readonly print: (text: string) => void;
}

export interface LaidScene {
  /** Nothing was played yet; always so for a scene that comes without a past. */
  readonly isFirst: boolean;
}

/** Lays the past of a scene into its directory, unless it is there; or says what stands in the way. */
export async function setScene(
  setting: Setting,
): Promise<LaidScene | { readonly problem: string }> {
  const { directory, name, scene } = setting;
  if (scene.past === undefined) return { isFirst: true };
  const place = scenePlace(directory, name);
  const state = place.state();
  if (state === 'other') return { problem: somethingElse(directory, name) };
  if (state === 'there' && scene.isLaidAnew !== true) return { isFirst: false };
  try {
    if (state !== 'fresh') await empty(place, directory);
    place.begin();
    await lay(setting, scene.past(Date.now()));
    place.complete();
    return { isFirst: true };
  } catch (error) {
    // In use by another demo, or not writable: it says which, and what to do.
    if (error instanceof StartError) return { problem: error.message };
    throw error;
  }
}

/** Not while a server works on it. */
async function empty(place: ScenePlace, directory: string): Promise<void> {
  const store = await openSqliteTransfer(directory, { isSource: false });
  await store.stop();
  place.clear();
}

async function lay({ business, directory, print }: Setting, chats: readonly PastChat[]) {
  const messages = chats.reduce((sum, { lines }) => sum + lines.length, 0);
  const count = (value: number) => value.toLocaleString('en');
  print(`Setting the scene: ${count(chats.length)} chats, ${count(messages)} messages … `);
  const startedAt = performance.now();
  await layPast(chats, { directory, business, now: Date.now() });
  print(`done in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
}

function somethingElse(directory: string, name: string): string {
  return `${directory} holds something else than the scene "${name}", which has to begin in an empty directory. Set DATA_DIR to another one, or leave it out.`;
}
