import { Select } from "@mantine/core";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";

/** Finds an area by name or code. */
export function AreaSearch({
	areas,
	select,
}: {
	areas: AreaIndex;
	select: (area: AreaRow) => void;
}) {
	const { t } = useLanguage();
	const [typed, setTyped] = useState("");
	const options = useMemo(
		() =>
			areas.all
				.filter((area) => !area.unknownPlace)
				.map((area) => ({
					value: area.code,
					label: `${area.name} · ${area.code}`,
				})),
		[areas],
	);
	return (
		<Select
			size="xs"
			className="area-search"
			aria-label={t("area.search")}
			placeholder={t("area.search")}
			data-testid="area-search"
			leftSection={<Search size="1em" />}
			data={options}
			searchable
			value={null}
			searchValue={typed}
			onSearchChange={setTyped}
			limit={12}
			nothingFoundMessage={t("area.none")}
			selectFirstOptionOnChange
			onChange={(code) => {
				const area = code === null ? undefined : areas.byCode(code);
				if (!area) return;
				select(area);
				setTyped("");
			}}
		/>
	);
}
