import type { Scene } from './scene.ts';
import { closedWindow } from './scenes/closed-window.ts';
import { failures } from './scenes/failures.ts';
import { longChat } from './scenes/long-chat.ts';
import { manyChats } from './scenes/many-chats.ts';
import { notConfigured } from './scenes/not-configured.ts';
import { workshopScene } from './scenes/workshop.ts';

/** How the demo looks when it starts for the first time, by name. */
export const scenes = {
  workshop: workshopScene,
  empty: { about: 'nobody has written yet' },
  'many-chats': manyChats,
  'long-chat': longChat,
  failures,
  'closed-window': closedWindow,
  'not-configured': notConfigured,
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof scenes;

export const defaultScene: SceneName = 'workshop';

export function isSceneName(name: string): name is SceneName {
  return Object.hasOwn(scenes, name);
}

export function sceneOf(name: SceneName): Scene {
  return scenes[name];
}
