export const stop = { after: 5 }
