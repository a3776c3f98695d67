import type { ApiError } from "../../../core/api/route.ts";

export function apiError(code: string, message: string): ApiError {
	return { code, message };
}
