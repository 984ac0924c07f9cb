/** Stands for a database. The page and the route share it, since a module exists once in a server. */
export const message = { text: 'Hello', changes: 0 }
