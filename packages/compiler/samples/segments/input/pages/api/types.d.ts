export interface Ignored {}
