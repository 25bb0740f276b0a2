import type { ChatWindow } from '../timeline/chat-window';

interface Loaded {
  readonly conversationId: string;
  readonly window: ChatWindow;
}

/** Tells the page that writes of the chats that the other pages of the browser have loaded. */
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
