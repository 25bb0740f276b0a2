import { Injectable, inject } from '@angular/core';
import { LocalStore } from '../ui/local-store';
import { skinTones } from './emoji-list';

const recentKey = 'emoji.recent';
const toneKey = 'emoji.tone';
/** Three or four rows. */
const mostRecent = 27;

/** The emoji that a person took last, and their colour of skin; forgotten on signing out. */
@Injectable({ providedIn: 'root' })
export class EmojiMemory {
  private readonly store = inject(LocalStore);

  /** The last one first, without its colour of skin. */
  recent(): readonly string[] {
    const kept = this.store.read(recentKey) ?? '';
    return kept.split(' ').filter((emoji) => emoji !== '');
  }

  took(emoji: string): void {
    const others = this.recent().filter((other) => other !== emoji);
    this.store.write(recentKey, [emoji, ...others].slice(0, mostRecent).join(' '));
  }

  tone(): string {
    const tone = this.store.read(toneKey) ?? '';
    return skinTones.includes(tone) ? tone : '';
  }

  keepTone(tone: string): void {
    if (tone === '') this.store.remove(toneKey);
    else this.store.write(toneKey, tone);
  }
}
