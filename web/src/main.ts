import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { readPreference } from './app/ui/preferences';
import { nextTask } from './app/ui/next-task';
import { useLanguage } from './locale/use-language';

void start();

async function start(): Promise<void> {
  // The scripts have just been read: a finger or a key that waits comes first.
  await Promise.all([useLanguage(readPreference('language')), nextTask()]);
  await bootstrapApplication(App, appConfig);
}
