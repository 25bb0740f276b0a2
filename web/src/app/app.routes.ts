import type { ActivatedRouteSnapshot, Routes } from '@angular/router';
import { BaseRouteReuseStrategy } from '@angular/router';
import { Inbox } from './inbox/inbox';
import { leadToChat } from './new-chat/lead-to-chat';
import { nextTask } from './ui/next-task';

const chatPath = 'chat/:id';

export const routes: Routes = [
  {
    path: '',
    // In a task of its own, see main.ts.
    loadComponent: () => nextTask().then(() => Inbox),
    children: [
      // Fetched once the list is there, before anybody opens a chat.
      { path: chatPath, loadComponent: () => import('./chat/chat').then((m) => m.Chat) },
      { path: 'to/:number', canActivate: [leadToChat], children: [] },
    ],
  },
  { path: '**', redirectTo: '' },
];

/** A chat is made anew for each conversation and each place in it; the list beside it stays. */
export class ReuseSameChat extends BaseRouteReuseStrategy {
  override shouldReuseRoute(
    future: ActivatedRouteSnapshot,
    current: ActivatedRouteSnapshot,
  ): boolean {
    if (!super.shouldReuseRoute(future, current)) return false;
    return future.routeConfig?.path !== chatPath || addressOf(future) === addressOf(current);
  }
}

function addressOf({ params, queryParams }: ActivatedRouteSnapshot): string {
  return [params['id'], queryParams['message'], queryParams['at']].map(String).join(' ');
}
