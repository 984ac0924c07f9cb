export async function stop() {}
