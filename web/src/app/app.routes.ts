import type { Type } from '@angular/core';
import type { ActivatedRouteSnapshot, Routes } from '@angular/router';
import { BaseRouteReuseStrategy } from '@angular/router';
import { Chat } from './chat/chat';
import { Inbox } from './inbox/inbox';

export const routes: Routes = [
  { path: '', component: Inbox, children: [{ path: 'chat/:id', component: Chat }] },
  { path: '**', redirectTo: '' },
];

/** A chat is made anew for each conversation and each place in it; the list beside it stays. */
export class ReuseSameChat extends BaseRouteReuseStrategy {
  private readonly fresh: Type<unknown>;

  constructor(fresh: Type<unknown> = Chat) {
    super();
    this.fresh = fresh;
  }

  override shouldReuseRoute(
    future: ActivatedRouteSnapshot,
    current: ActivatedRouteSnapshot,
  ): boolean {
    if (!super.shouldReuseRoute(future, current)) return false;
    return future.component !== this.fresh || addressOf(future) === addressOf(current);
  }
}

function addressOf({ params, queryParams }: ActivatedRouteSnapshot): string {
  return [params['id'], queryParams['message'], queryParams['at']].map(String).join(' ');
}
