import type { ProviderToken } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { Conversations } from './app/conversation-list/conversations';
import { Upkeep } from './app/inbox/upkeep';
import { Notifications } from './app/notifications/notifications';
import { MessageSearch } from './app/search/message-search';
import { readPreference } from './app/ui/preferences';
import { nextTask } from './app/ui/next-task';
import { useLanguage } from './locale/use-language';

/** What the first drawing is made with. */
const parts: readonly ProviderToken<unknown>[] = [
  Router,
  Conversations,
  Upkeep,
  Notifications,
  MessageSearch,
];

void start();

/** Piece by piece: on a slow phone each takes long enough for a finger or a key to come between. */
async function start(): Promise<void> {
  await Promise.all([useLanguage(readPreference('language')), nextTask()]);
  const app = await createApplication(appConfig);
  for (const part of parts) {
    await nextTask();
    app.injector.get(part);
  }
  await nextTask();
  app.bootstrap(App);
}
