/**
 * Where a file of a packaged application lies beside its archive, as a plain file (asarUnpack of main/launch/dist-configuration.ts). Only
 * Electron's own threads read inside an archive; the backend, its threads and what they read are given paths of the file system.
 */
export function onDisk(path: string): string {
	return path.replace(/([\\/]app\.asar)(?=[\\/])/, "$1.unpacked");
}
