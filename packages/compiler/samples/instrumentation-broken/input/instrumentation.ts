export function register( {}
