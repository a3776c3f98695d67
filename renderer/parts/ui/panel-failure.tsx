import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "./panel.tsx";

/** Said where a panel has no answer because asking failed: why, and the way to ask again. */
export function PanelFailure({
	error,
	again,
	children,
}: {
	error: Error;
	again: () => unknown;
	/** In other words than those of the failure itself. */
	children?: ReactNode;
}) {
	const { t } = useLanguage();
	return (
		<PanelNotice
			role="alert"
			action={
				<Button size="compact-sm" onClick={() => void again()}>
					{t("app.retry")}
				</Button>
			}
		>
			{children ?? t("error.panel", { message: error.message })}
		</PanelNotice>
	);
}
