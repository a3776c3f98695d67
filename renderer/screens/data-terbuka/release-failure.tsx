import { useLanguage } from "../../i18n/use-language.ts";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { BackendError } from "../../state/ask.ts";

/** Why nothing can be said of releases: the hub is away, nobody signed in, or something else that the hub says. */
export function ReleaseFailure({
	error,
	again,
}: {
	error: Error;
	again: () => unknown;
}) {
	const { t } = useLanguage();
	const code = error instanceof BackendError ? error.code : "";
	return (
		<PanelFailure error={error} again={again}>
			{code === "hub-away"
				? t("openData.hubAway")
				: code === "no-person"
					? t("openData.signIn")
					: undefined}
		</PanelFailure>
	);
}
