import { Button, Loader } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../ui/panel.tsx";

/** Until it is told where a number comes from, or where it cannot be read. */
export function ExplainWaiting({
	failed,
	again,
}: {
	failed: boolean;
	again: () => void;
}) {
	const { t } = useLanguage();
	return failed ? (
		<PanelNotice
			role="alert"
			action={<Button onClick={again}>{t("app.retry")}</Button>}
		>
			{t("explain.failed")}
		</PanelNotice>
	) : (
		<PanelNotice>
			<Loader size="sm" /> {t("explain.loading")}
		</PanelNotice>
	);
}
