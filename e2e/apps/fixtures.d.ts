declare module 'fixture-*'
