import { Popover, UnstyledButton } from "@mantine/core";
import type { GeographyInfo } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** Whether the boundaries are official, and whose they are; the whole text on a click, since sources may be many. */
export function GeographyNotice({ geography }: { geography: GeographyInfo }) {
	const { t } = useLanguage();
	const kind = t(geography.approximate ? "map.approximate" : "map.official");
	const source = geography.approximate
		? t("map.builtIn")
		: t("map.source", {
				source: geography.source,
				licence: geography.licence || t("map.noLicence"),
			});
	return (
		<Popover width="26rem" position="top-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton
					className="geography-notice"
					data-testid="geography-notice"
				>
					<b>{kind}</b> · {source}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				<h3>{kind}</h3>
				<p>{source}</p>
			</Popover.Dropdown>
		</Popover>
	);
}
