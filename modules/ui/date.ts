/*
 * Date and time on the status line, written as the call agent's date template has it ('M/D/Y', 'D.M.YA'; a trailing A
 * asks for a 12-hour clock). Seconds here count from 1970 in the call agent's local time.
 */
import { dayOf, monthOf, yearOf } from "base/calendar";

function pad(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}

function isTemplate(template: string): boolean {
	if (template.length < 5) return false;
	for (let i = 0; i < 5; i += 2) if (!"DMY".includes(template.charAt(i))) return false;
	return true;
}

/** Time and date, such as '13:05 22/11/26' or '01:05p 11/22/26'. An unknown template is read as 'M/D/Y'. */
export function format(template: string, seconds: number): string {
	const days = Math.floor(seconds / 86400);
	const year = yearOf(days);
	const month = monthOf(days, year);
	const minutes = Math.floor((seconds - days * 86400) / 60);
	const hour = Math.floor(minutes / 60);
	const minute = pad(minutes % 60);
	const twelve = template.charAt(5) === "A";
	const time = twelve ? `${pad(((hour + 11) % 12) + 1)}:${minute}${hour < 12 ? "a" : "p"}` : `${pad(hour)}:${minute}`;

	const pattern = isTemplate(template) ? template : "M/D/Y";
	let date = "";
	for (let i = 0; i < 5; i += 1) {
		const letter = pattern.charAt(i);
		if (letter === "D") date += pad(dayOf(days, year, month));
		else if (letter === "M") date += pad(month);
		else if (letter === "Y") date += pad(year % 100);
		else date += letter;
	}
	return `${time} ${date}`;
}
