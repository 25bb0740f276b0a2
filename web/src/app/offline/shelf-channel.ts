import type { ChatWindow } from '../timeline/open-chat/chat-window';

/** The end of a chat, as a page has loaded it. */
export interface Loaded {
  readonly conversationId: string;
  readonly window: ChatWindow;
}

/** Tells the other pages of the browser of the chats that this one has loaded: any of them may write next. */
export class ShelfChannel {
  private readonly channel: BroadcastChannel | null;

  constructor(shape: string, onLoaded: (loaded: Loaded) => void) {
    this.channel =
      'BroadcastChannel' in globalThis ? new BroadcastChannel(`inbox.shelf.${shape}`) : null;
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Loaded>) => {
      onLoaded(data);
    });
  }

  tell(loaded: Loaded): void {
    this.channel?.postMessage(loaded);
  }
}
