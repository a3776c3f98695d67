export const ROOT: string;
export const NODE: string;
export function fail(message: string, todo?: string): never;
export function quietly(
	label: string,
	command: string,
	args: string[],
	options?: import("node:child_process").SpawnOptions,
): Promise<{ code: number; output: string }>;
export function install(): Promise<void>;
export function npmProgram(here: {
	platform: NodeJS.Platform;
	execPath: string;
	npmPath: string | undefined;
}): [string, ...string[]];
