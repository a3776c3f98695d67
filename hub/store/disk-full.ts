/** Whether something failed because a disk is full, that of the hub's folder or that of PostgreSQL (its code 53100). */
export function isDiskFull(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause)
		if (/^(ENOSPC|EDQUOT|53100)$/.test(String((at as { code?: unknown }).code)))
			return true;
	return false;
}
