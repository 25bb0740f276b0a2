import type { ProviderToken } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { NavigationEnd, Router } from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { Conversations } from './app/conversation-list/conversations';
import { Upkeep } from './app/inbox/upkeep';
import { Notifications } from './app/notifications/notifications';
import { MessageSearch } from './app/search/message-search';
import { Session } from './app/sign-in/session';
import { readPreference } from './app/ui/preferences';
import { nextTask, taskBeforeDrawing } from './app/ui/next-task';
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
  // The answer is there by the first drawing, as a rule.
  void app.injector.get(Session).check();
  for (const part of parts) {
    await nextTask();
    app.injector.get(part);
  }
  await nextTask();
  const { events } = app.injector.get(Router);
  const isThere = firstValueFrom(events.pipe(filter((event) => event instanceof NavigationEnd)));
  app.bootstrap(App);
  await isThere;
  // Left to Angular, the page would be drawn in one task with its layout.
  await taskBeforeDrawing();
  app.tick();
}
