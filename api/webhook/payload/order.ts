import { z } from 'zod';
import type { OrderContent, OrderItem } from '../../messages/message-content.ts';
import { absentWhenEmpty, label, labelOrNumber, optional, text } from './fields.ts';

const item = z
  .object({
    product_retailer_id: optional(labelOrNumber),
    quantity: optional(labelOrNumber),
    // Decimal; kept as text, since nobody counts with it here.
    item_price: optional(labelOrNumber),
    currency: optional(label),
  })
  .transform((found): OrderItem => ({
    productId: found.product_retailer_id ?? '',
    quantity: found.quantity ?? '1',
    price: found.item_price,
    currency: found.currency,
  }));

export const order = z
  .object({ order: z.object({ text: absentWhenEmpty(text), product_items: z.array(item) }) })
  .transform((message): OrderContent => ({
    type: 'ORDER',
    text: message.order.text ?? null,
    items: message.order.product_items,
  }));
