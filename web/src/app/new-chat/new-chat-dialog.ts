import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Router } from '@angular/router';
import { lengthNote } from '../composer/message-length';
import { Sending } from '../sending/sending';
import type { Sent } from '../sending/sending';
import { Icon } from '../ui/icon';
import { isComposing } from '../ui/is-composing';
import { inDigits } from '../ui/numbers';
import { NewChatForm } from './new-chat-form';
import { readPhoneInput } from './phone-input';

/** "+ New Chat": a number and a first message. Open from its first moment; what is written is kept when it is closed. */
@Component({
  selector: 'app-new-chat-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './new-chat-dialog.html',
  styleUrl: './new-chat-dialog.css',
})
export class NewChatDialog {
  private readonly sending = inject(Sending);
  private readonly router = inject(Router);
  protected readonly form = inject(NewChatForm);
  /** The number to write to, where that is known. */
  readonly to = input<string | null>(null);
  readonly closed = output();
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly numberField = viewChild.required<ElementRef<HTMLInputElement>>('number');
  private readonly messageField = viewChild.required<ElementRef<HTMLTextAreaElement>>('message');

  private readonly refused = signal<{
    readonly field: 'number' | 'message' | 'all';
    readonly text: string;
  } | null>(null);
  protected readonly isBusy = signal(false);
  /** Problems of the fields are told once a person has left them or tried to send. */
  protected readonly isNumberLeft = signal(false);
  protected readonly isTried = signal(false);

  private readonly recipient = computed(() => readPhoneInput(this.form.number()));
  private readonly length = computed(() => lengthNote(this.form.message()));
  protected readonly numberProblem = computed(() => {
    const refused = this.refused();
    if (refused?.field === 'number') return refused.text;
    const recipient = this.recipient();
    const isTold = this.isTried() || (this.isNumberLeft() && this.form.number().trim() !== '');
    return isTold && recipient.kind === 'invalid' ? recipient.problem : null;
  });
  /** Characters that WhatsApp would not take. */
  protected readonly tooMany = computed(() => {
    const length = this.length();
    return length.kind === 'too-long' ? length.over : 0;
  });
  protected readonly messageProblem = computed(() => {
    const refused = this.refused();
    if (refused?.field === 'message') return refused.text;
    const isMissing = this.isTried() && this.form.message().trim() === '';
    return isMissing ? $localize`Write a message first.` : null;
  });
  protected readonly isMessageWrong = computed(
    () => this.tooMany() > 0 || this.messageProblem() !== null,
  );
  protected readonly inDigits = inDigits;
  protected readonly problem = computed(() => {
    const refused = this.refused();
    return refused?.field === 'all' ? refused.text : null;
  });

  constructor() {
    afterNextRender(() => {
      const number = this.to();
      if (number !== null) this.form.address(number);
      this.dialog().nativeElement.showModal();
      const first = number === null ? this.numberField() : this.messageField();
      first.nativeElement.focus();
    });
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected editNumber(text: string): void {
    this.form.edit({ number: text });
    this.refused.set(null);
  }

  protected editMessage(text: string): void {
    this.form.edit({ message: text });
    this.refused.set(null);
  }

  /** Shows a number as it will be used: `+44 7700 900123` becomes `447700900123`. */
  protected leaveNumber(): void {
    this.isNumberLeft.set(true);
    const recipient = this.recipient();
    if (recipient.kind === 'number') this.form.edit({ number: recipient.digits });
  }

  protected sendOnEnter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    void this.send();
  }

  protected async send(): Promise<void> {
    if (this.isBusy()) return;
    this.isTried.set(true);
    this.leaveNumber();
    const recipient = this.recipient();
    if (recipient.kind === 'invalid') {
      this.numberField().nativeElement.focus();
    } else if (this.isMessageWrong()) {
      this.messageField().nativeElement.focus();
    } else {
      this.refused.set(null);
      this.isBusy.set(true);
      const sent = await this.sending.send(this.form.input(recipient.digits));
      this.isBusy.set(false);
      await this.conclude(sent);
    }
  }

  private async conclude(sent: Sent): Promise<void> {
    switch (sent.kind) {
      case 'sent':
        this.form.clear();
        this.close();
        await this.router.navigate(['/chat', sent.message.conversation.id]);
        break;
      case 'refused':
        this.refused.set({ field: fieldOf(sent), text: sent.refusal.advice });
        break;
      case 'no-answer':
        this.refused.set({
          field: 'all',
          text: $localize`No connection. What you wrote is kept: send it again when the connection is back.`,
        });
    }
  }
}

function fieldOf({ outcome }: Extract<Sent, { kind: 'refused' }>): 'number' | 'message' | 'all' {
  if (outcome?.__typename !== 'InvalidInputError') return 'all';
  const names = outcome.issues.flatMap((issue) => issue.path);
  if (names.includes('to')) return 'number';
  return names.includes('text') ? 'message' : 'all';
}
