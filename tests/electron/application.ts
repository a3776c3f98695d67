import { _electron, type ElectronApplication } from "@playwright/test";

/** The binary that `npm run test:electron` found. */
export const electron = process.env.BLC_ELECTRON ?? "";
export const ARGUMENTS = [".", "--no-sandbox"];

export function environment(data: string): Record<string, string> {
	return { ...process.env, BLC_DATA: data } as Record<string, string>;
}

/** Starts the real application on a data folder. */
export function launch(data: string): Promise<ElectronApplication> {
	return _electron.launch({
		executablePath: electron,
		args: ARGUMENTS,
		env: environment(data),
	});
}
