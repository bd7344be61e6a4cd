export async function compareExamples(_folder: string, _peers: readonly unknown[], _list: number): Promise<string> { return ''; }
