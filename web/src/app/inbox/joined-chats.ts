import { Injectable, effect, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../sending/send-queue';
import { LiveUpdates } from '../connection/live-updates';
import { Conversations } from '../conversation-list/conversations';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { QuietChats } from '../notifications/quiet-chats';

/**
 * Two chats that turn out to be of one person become one, under the id of one of them. What this browser has of the other,
 * drafts, what was not sent yet and whether it rings, goes on there.
 */
@Injectable({ providedIn: 'root' })
export class JoinedChats {
  private readonly keepers = [inject(Drafts), inject(SendQueue), inject(QuietChats)] as const;

  constructor() {
    inject(LiveUpdates)
      .events.pipe(takeUntilDestroyed())
      .subscribe(({ conversation }) => {
        if (conversation !== null) this.follow(conversation);
      });
    const { rows } = inject(Conversations);
    // Those that were joined while no window was open.
    effect(() => {
      const joined = (rows() ?? []).filter(({ formerIds }) => formerIds.length > 0);
      untracked(() => {
        for (const conversation of joined) this.follow(conversation);
      });
    });
  }

  private follow({ id, formerIds }: ConversationPartsFragment): void {
    for (const former of formerIds) for (const keeper of this.keepers) keeper.move(former, id);
  }
}
