import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a data directory holds of a scene that was laid into it. */
const noteSchema = z.object({ scene: z.string(), isWhole: z.boolean() });

/** The directory of a scene. Only what this demo has laid itself is ever removed. */
export interface ScenePlace {
  /** `fresh`: nothing is there; `half`: was broken off; `there`: all is; `other`: something else is. */
  state(): 'fresh' | 'half' | 'there' | 'other';
  begin(): void;
  complete(): void;
  /** Everything in it. */
  clear(): void;
}

export function scenePlace(directory: string, scene: string): ScenePlace {
  const path = join(directory, 'scene.json');

  function note(): z.infer<typeof noteSchema> | null {
    if (!existsSync(path)) return null;
    try {
      return noteSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // Not written by this version: none of ours.
      return { scene: '', isWhole: false };
    }
  }

  function write(isWhole: boolean) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, JSON.stringify({ scene, isWhole }));
  }

  return {
    state() {
      const known = note();
      if (known?.scene === scene) return known.isWhole ? 'there' : 'half';
      if (known !== null) return 'other';
      const isFresh = !existsSync(directory) || readdirSync(directory).length === 0;
      return isFresh ? 'fresh' : 'other';
    },
    begin: () => {
      write(false);
    },
    complete: () => {
      write(true);
    },
    clear() {
      for (const name of readdirSync(directory))
        rmSync(join(directory, name), { recursive: true, force: true });
    },
  };
}
