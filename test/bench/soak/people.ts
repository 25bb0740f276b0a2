import type { Control } from '../../simulator/control.ts';

/** Customers with names of their own, so that rows can be told apart; their ids. */
export function invite(control: Control, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const phoneNumber = `44770090${String(index + 1).padStart(4, '0')}`;
    const name = `Person ${String(index + 1).padStart(4, '0')}`;
    return control.addCustomer({ phoneNumber, name, isOnWhatsApp: true }).id;
  });
}
