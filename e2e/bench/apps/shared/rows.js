/** One megabyte of JSON, the same for everybody: what an export of a table looks like. */
export const rows = Array.from({ length: 8_000 }, (_, i) => ({
  id: 100_000 + i,
  name: `Customer ${100_000 + i}`,
  email: `customer-${100_000 + i}@example.com`,
  balance: (i % 977) / 4,
  active: i % 3 !== 0,
  tags: ['a', 'b'],
}))
