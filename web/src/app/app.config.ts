import {
  inject,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import {
  RedirectCommand,
  RouteReuseStrategy,
  Router,
  provideRouter,
  withComponentInputBinding,
  withNavigationErrorHandler,
  withPreloading,
} from '@angular/router';
import { ReuseSameChat, routes } from './app.routes';
import { provideSendQueue } from './sending/provide-send-queue';
import { provideLiveUpdates } from './connection/provide-live-updates';
import { Chime } from './notifications/chime';
import { DesktopNotices } from './notifications/desktop-notices';
import { PreloadAfterStart } from './preload-after-start';
import { LocalStore } from './ui/local-store';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withPreloading(PreloadAfterStart),
      withNavigationErrorHandler(beginWithList),
    ),
    { provide: PreloadAfterStart, useFactory: () => new PreloadAfterStart() },
    { provide: RouteReuseStrategy, useFactory: () => new ReuseSameChat() },
    { provide: LocalStore, useFactory: () => new LocalStore() },
    { provide: Chime, useFactory: () => new Chime() },
    { provide: DesktopNotices, useFactory: () => new DesktopNotices() },
    provideLiveUpdates(),
    provideSendQueue(),
  ],
};

/** Where the first address cannot be opened there is no inbox yet to tell so: it begins with its list. */
function beginWithList(): RedirectCommand | undefined {
  const router = inject(Router);
  return router.navigated ? undefined : new RedirectCommand(router.parseUrl('/'));
}
