import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, merge } from 'rxjs';
import { serverText } from '../../locale/server-text';
import { InboxApollo } from '../apollo/inbox-apollo';
import { LiveUpdates } from '../connection/live-updates';
import { MessageInfoDocument } from '../graphql/graphql';
import { Icon } from '../ui/icon';
import { inDigits } from '../ui/numbers';
import { Sheet } from '../ui/sheet';
import { fullTimeOf } from '../ui/times';
import { stepsOf } from './message-steps';
import type { MessageDetails } from './message-steps';

/** The way of one message with its times, why it failed, and the ids that a developer asks for. It follows what happens. */
@Component({
  selector: 'app-message-info',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, Sheet],
  templateUrl: './message-info.html',
  styleUrl: './message-info.css',
})
export class MessageInfo {
  private readonly client = inject(InboxApollo).client;
  readonly messageId = input.required<string>();
  readonly closed = output();

  protected readonly details = signal<MessageDetails | null>(null);
  protected readonly hasFailed = signal(false);
  /** The id that was copied last. */
  protected readonly copied = signal<string | null>(null);
  /** Where the browser does not let us copy. */
  protected readonly isCopyRefused = signal(false);
  protected readonly inDigits = inDigits;
  protected readonly fullTime = fullTimeOf;
  protected readonly steps = computed(() => {
    const details = this.details();
    return details === null ? [] : stepsOf(details);
  });
  protected readonly cause = computed(() => {
    const error = this.details()?.error ?? null;
    if (error === null) return null;
    return { title: serverText(error.title), advice: serverText(error.advice) };
  });
  /** What a developer, or Meta's support, asks for. */
  protected readonly references = computed(() => {
    const { id, wamid, clientMessageId, error } = this.details() ?? {};
    return [
      { name: $localize`Error code of WhatsApp`, value: error?.code?.toString() ?? null },
      { name: $localize`Id at WhatsApp (wamid)`, value: wamid ?? null },
      { name: $localize`Id in this inbox`, value: id ?? null },
      { name: $localize`Id from the app that sent it`, value: clientMessageId ?? null },
    ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  });
  private run = 0;

  constructor() {
    effect(() => {
      this.messageId();
      untracked(() => void this.load());
    });
    const live = inject(LiveUpdates);
    const changes = live.events.pipe(filter(({ message }) => message?.id === this.messageId()));
    merge(changes, live.resyncs, live.connections)
      .pipe(takeUntilDestroyed())
      .subscribe(() => void this.load());
  }

  protected copyLabel(name: string): string {
    return $localize`Copy: ${name}:name:`;
  }

  protected async load(): Promise<void> {
    const run = ++this.run;
    this.hasFailed.set(false);
    const details = await this.ask();
    if (run !== this.run) return;
    if (details === null) this.hasFailed.set(true);
    else this.details.set(details);
  }

  protected async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied.set(text);
      this.isCopyRefused.set(false);
    } catch {
      // Not allowed, or a page that is served over plain HTTP: it can be marked and copied by hand.
      this.isCopyRefused.set(true);
    }
  }

  private async ask(): Promise<MessageDetails | null> {
    try {
      const { data } = await this.client.query({
        query: MessageInfoDocument,
        variables: { id: this.messageId() },
        fetchPolicy: 'no-cache',
      });
      return data?.message ?? null;
    } catch {
      // Told in its place, with a button to try again.
      return null;
    }
  }
}
