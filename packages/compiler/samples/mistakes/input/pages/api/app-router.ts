export async function GET() {}
export async function POST() {}
