import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { readPreference } from './app/ui/preferences';
import { useLanguage } from './locale/use-language';

void useLanguage(readPreference('language')).then(() => bootstrapApplication(App, appConfig));
