import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from '../ui/icon';
import { hasKeyboard } from '../ui/has-keyboard';
import { isComposing } from '../ui/is-composing';
import { emojiKinds } from './emoji-kinds';
import { emojiGroups, inTone, skinTones } from './emoji-list';
import { EmojiMemory } from './emoji-memory';
import { namedEmoji } from './emoji-names';
import type { NamedEmoji } from './emoji-names';
import { EmojiSearch } from './emoji-search';
import { gridStep } from './grid-step';

/** All emoji, by kind and by a search for what they are called; stays open for more than one. */
@Component({
  selector: 'app-emoji-picker',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './emoji-picker.html',
  styleUrl: './emoji-picker.css',
})
export class EmojiPicker {
  private readonly document = inject(DOCUMENT);
  private readonly memory = inject(EmojiMemory);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly picked = output<string>();
  readonly closed = output();

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly grid = viewChild.required<ElementRef<HTMLElement>>('grid');
  /** As they were when it opened: none moves away under the pointer. */
  private readonly recent = this.memory.recent();
  protected readonly kinds = emojiKinds(this.recent.length > 0);
  protected readonly kind = signal(this.kinds[0]);
  protected readonly tone = signal(this.memory.tone());
  protected readonly tones = skinTones.map((tone) => ({ tone, sample: inTone('👋', tone) }));
  protected readonly typed = signal('');
  protected readonly progress = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly all = signal<readonly NamedEmoji[]>([]);
  private readonly search = computed(() => new EmojiSearch(this.all()));
  private readonly byEmoji = computed(() => new Map(this.all().map((one) => [one.emoji, one])));
  protected readonly isSearching = computed(() => this.typed().trim() !== '');
  protected readonly shown = computed(() => {
    const found = this.isSearching() ? this.search().find(this.typed()) : this.ofKind();
    return found.map((one) => ({ ...one, drawn: inTone(one.emoji, this.tone()) }));
  });
  protected readonly foundTitle = $localize`Emoji found`;
  /** The one of the grid that Tab goes to. */
  protected readonly stop = signal(0);
  /** What a screen reader says of the last one that was taken; the same one again is another. */
  protected readonly taken = signal<readonly { readonly name: string }[]>([]);

  constructor() {
    void this.load();
    afterNextRender(() => {
      // Where that would bring up a keyboard over the emoji, one looks through them first.
      if (hasKeyboard()) this.field().nativeElement.focus();
      else this.host.querySelector<HTMLElement>('[role=tab][tabindex="0"]')?.focus();
    });
  }

  protected async load(): Promise<void> {
    this.progress.set('loading');
    try {
      this.all.set(await namedEmoji(this.document.documentElement.lang));
      this.progress.set('ready');
    } catch {
      // No connection, or the files of another version: told with a button to try again.
      this.progress.set('failed');
    }
  }

  protected look(typed: string): void {
    this.typed.set(typed);
    this.startAnew();
  }

  protected chooseTone(tone: string): void {
    this.tone.set(tone);
    this.memory.keepTone(tone);
  }

  protected pick(one: NamedEmoji): void {
    this.memory.took(one.emoji);
    this.taken.set([{ name: one.name }]);
    this.picked.emit(inTone(one.emoji, this.tone()));
  }

  /** Enter in the search takes what was found first, and one writes on. */
  protected pickFirst(event: Event): void {
    if (!(event instanceof KeyboardEvent) || isComposing(event)) return;
    event.preventDefault();
    const [first] = this.isSearching() ? this.shown() : [];
    if (first === undefined) return;
    this.pick(first);
    this.closed.emit();
  }

  protected goToGrid(event: Event): void {
    event.preventDefault();
    this.focusEmoji(this.stop());
  }

  protected stepThroughTabs(event: KeyboardEvent): void {
    const at = this.kinds.findIndex((kind) => kind === this.kind());
    const to = this.stepFrom(event.key, at, { count: this.kinds.length, columns: Infinity });
    if (to === null) return;
    event.preventDefault();
    this.show(to);
    this.host.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  }

  protected show(at: number): void {
    this.kind.set(this.kinds[at]);
    this.startAnew();
  }

  protected stepThroughGrid(event: KeyboardEvent): void {
    const buttons = this.emojiButtons();
    const at = buttons.findIndex((button) => button === event.target);
    if (at < 0) return;
    const firstTop = buttons[0]?.offsetTop;
    const columns = buttons.filter(({ offsetTop }) => offsetTop === firstTop).length;
    const to = this.stepFrom(event.key, at, { count: buttons.length, columns });
    if (to === null) return;
    event.preventDefault();
    if (event.key === 'ArrowUp' && to === at) this.field().nativeElement.focus();
    else this.focusEmoji(to);
  }

  protected leave(event: Event): void {
    if (event instanceof KeyboardEvent && isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.closed.emit();
  }

  private ofKind(): readonly NamedEmoji[] {
    const name = this.kind()?.name;
    const group = emojiGroups.find((one) => one.name === name);
    return (group?.emoji ?? this.recent).flatMap((emoji) => this.byEmoji().get(emoji) ?? []);
  }

  private startAnew(): void {
    this.stop.set(0);
    this.grid().nativeElement.scrollTop = 0;
  }

  private stepFrom(
    key: string,
    at: number,
    { count, columns }: { readonly count: number; readonly columns: number },
  ): number | null {
    const isRightToLeft = getComputedStyle(this.host).direction === 'rtl';
    return gridStep(key, { at, count, columns, isRightToLeft });
  }

  private focusEmoji(at: number): void {
    this.stop.set(at);
    this.emojiButtons()[at]?.focus();
  }

  private emojiButtons(): readonly HTMLElement[] {
    return [...this.grid().nativeElement.querySelectorAll('button')];
  }
}
