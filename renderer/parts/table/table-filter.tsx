import { TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useLanguage } from "../../i18n/use-language.ts";

/** The field that narrows the rows of a table: "/" leads to it, Escape empties it. */
export function TableFilter({
	value,
	change,
	testId,
	label,
	className,
}: {
	value: string;
	change: (text: string) => void;
	testId: string;
	/** What is looked for; left out, it says no more than that rows are filtered. */
	label?: string;
	className?: string | undefined;
}) {
	const { t } = useLanguage();
	const says = label ?? t("table.filter");
	return (
		<TextInput
			size="xs"
			className={className}
			aria-label={says}
			placeholder={says}
			leftSection={<Search size="0.9em" aria-hidden />}
			value={value}
			data-testid={testId}
			aria-keyshortcuts="/"
			onChange={(event) => change(event.currentTarget.value)}
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				change("");
				event.currentTarget.blur();
			}}
		/>
	);
}
