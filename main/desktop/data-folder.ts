/**
 * Folder of this workstation's data: the one that every host of this machine was told (BLC_DATA), else the one Electron gives an
 * application, on Windows its local half: the other half, which Electron takes, is copied to a server at each sign-out.
 * @param userData Electron's own choice, or what `--user-data-dir` says
 */
export function dataFolder(
	environment: Record<string, string | undefined>,
	userData: string,
): string {
	const { BLC_DATA, APPDATA, LOCALAPPDATA } = environment;
	if (BLC_DATA !== undefined) return BLC_DATA;
	if (APPDATA && LOCALAPPDATA && userData.startsWith(`${APPDATA}\\`))
		return LOCALAPPDATA + userData.slice(APPDATA.length);
	return userData;
}
