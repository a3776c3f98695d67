import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "./panel.tsx";
import { PanelFailure } from "./panel-failure.tsx";

/** What a screen says until it has its areas, or when they cannot be had. */
export function ScreenWaiting({
	failure,
	retry,
}: {
	failure: Error | null;
	retry: () => void;
}) {
	const { t } = useLanguage();
	return failure ? (
		<PanelFailure error={failure} again={retry} />
	) : (
		<PanelNotice>{t("app.loading")}</PanelNotice>
	);
}
