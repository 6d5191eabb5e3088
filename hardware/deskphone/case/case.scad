// A case for the desk phone, to print: a wedge with the board under its sloping face and the handset's rest on the left.
//   openscad -D 'part="shell"' -o shell.stl case.scad        part: shell, base, caps, all (for looking at)
// board.scad comes from the board's layout; when the board changes, the case follows. The face lies in z = 0 and is printed on the bed; x and y
// are the board's, y upwards.
include <board.scad>

part = "all";

// The slope of the face, the thickness of walls, and how far the board's front lies below the face: room for keys and the display module.
tilt = 16;
wall = 2.4;
lift = 11;
board_thickness = 1.6;
// Depth at the front edge, outside.
front_depth = 20;
gap = 0.3;

// The face, from the board's corner: rest of the handset on the left, room for the antenna on the right, for hands in front.
rest = 58;
left = -rest;
right = width + 10;
front = -32;
back = height + 0.6 + wall;

// Handset: from the middle of one cup to the middle of the other.
cup_span = 122;
cup_radius = 25;
cup_depth = 7;
rest_x = left + rest / 2;
cup_y = (front + back) / 2;

speaker = [rest_x, cup_y];
speaker_radius = 25;
microphone = [width / 2, front + 9];

key_size = 12;
small_key = [6, 5.4];
key_height = 7.3;
small_key_height = 7;
above_face = 2.5;
lamp_diameter = 3.1;
screw = 2.6;

$fn = 48;

function depth(y) = front_depth + (y - front) * tan(tilt);

module at(points) for (p = points) translate([p[1].x, p[1].y, 0]) children();

// All that lies between the face and the table, drawn in by d on all sides.
module wedge(d) {
	rotate([90, 0, 90])
		translate([0, 0, left + d])
			linear_extrude(right - left - 2 * d)
				offset(delta = -d)
					polygon([[front, 0], [back, 0], [back, -depth(back)], [front, -depth(front)]]);
}

// The outside, with its upright edges round.
module outside() {
	intersection() {
		wedge(0);
		translate([0, 0, -200])
			linear_extrude(400)
				offset(r = 5) offset(delta = -5)
					polygon([[left, front], [right, front], [right, back], [left, back]]);
	}
}

// The middle of a socket across the board's upper edge.
function across(name) = [for (s = sockets) if (s[0] == name) s[1].x][0];

// A mouth in the back wall: its width and where it begins and ends below the board's back.
module mouth(name, w, from, to) {
	z = -lift - board_thickness;
	translate([across(name) - w / 2, back - wall - 2, z - to]) cube([w, wall + 4, to - from]);
}

module cups() for (s = [-1, 1]) translate([rest_x, cup_y + s * cup_span / 2, 0]) children();

module openings() {
	translate([display.x, display.y, -wall - 1])
		linear_extrude(wall + 2) square(picture_size + [1, 1], center = true);
	// The edge of the picture's window slopes, so that all of it is seen from the side.
	translate([display.x, display.y, -1.2]) hull() {
		linear_extrude(0.01) square(picture_size + [1, 1], center = true);
		translate([0, 0, 1.3]) linear_extrude(0.01) square(picture_size + [4, 4], center = true);
	}
	at(keys) translate([0, 0, -wall - 1]) linear_extrude(wall + 2) square(key_size + 2 * gap, center = true);
	at(small_keys) translate([0, 0, -wall - 1]) linear_extrude(wall + 2) square(small_key + [2 * gap, 2 * gap], center = true);
	for (l = lamps) {
		// Red and green of a line share a light pipe; the message light is a bar at the upper edge.
		translate([l[1].x, l[1].y, -wall - 1])
			if (l[0] == "D22") translate([-15, -1.5, 0]) cube([30, 3, wall + 2]);
			else cylinder(d = lamp_diameter, h = wall + 2);
	}
	cups() translate([0, 0, -cup_depth]) cylinder(r1 = cup_radius - 3, r2 = cup_radius, h = cup_depth + 0.1);
	// The loudspeaker between the cups.
	for (i = [-3:3], j = [-3:3]) if (norm([i, j]) < 3.4) translate([speaker.x + 5.5 * i, speaker.y + 5.5 * j, -wall - 1]) cylinder(d = 3, h = wall + 2, $fn = 16);
	translate([microphone.x, microphone.y, -wall - 1]) cylinder(d = 2, h = wall + 2, $fn = 16);
	// The hook switch's plunger in the upper cup.
	translate([rest_x, cup_y + cup_span / 2, -30]) cylinder(d = 7, h = 31);
	mouth("U6", 16.8, 3, 19);
	mouth("J1", 10.5, -0.4, 4.2);
	// A cable's plug goes in up to the socket.
	translate([across("J1") - 6.5, back - 1.2, -lift - board_thickness - 5.6]) cube([13, 5, 8]);
	mouth("J2", 12.4, -0.2, 12.2);
	mouth("J3", 6.8, -0.2, 5.6);
}

// Posts from the face to the board's front.
module posts() {
	for (h = holes) translate([h.x, h.y, -lift]) difference() {
		cylinder(d = 7, h = lift - wall + 0.1);
		translate([0, 0, -0.1]) cylinder(d = screw, h = lift - wall - 1);
	}
}

// A ledge that holds the display module from the side, its glass against the face.
module display_frame() {
	translate([display.x, display.y, -wall - 4]) linear_extrude(4.1) difference() {
		square(display_size + [2 * gap + 2.4, 2 * gap + 2.4], center = true);
		square(display_size + [2 * gap, 2 * gap], center = true);
		// Cable, and keys close by.
		square([display_size.x + 10, 24], center = true);
		square([24, display_size.y + 10], center = true);
	}
}

// Loudspeaker's ring, and the cups' floors.
module rest_inside() {
	translate([speaker.x, speaker.y, -wall - 5]) linear_extrude(5.1) difference() {
		circle(r = speaker_radius + 2);
		circle(r = speaker_radius + gap);
	}
	intersection() {
		wedge(0.1);
		cups() translate([0, 0, -cup_depth - wall]) cylinder(r1 = cup_radius - 1.5, r2 = cup_radius + wall, h = cup_depth + wall);
	}
	// The hook switch (SS-01GL, holes 9.5 mm apart) beside its plunger, on a wall with two pins.
	translate([rest_x + 6, cup_y + cup_span / 2, -cup_depth - wall - 16]) difference() {
		translate([0, -12, 0]) cube([3, 24, 17]);
		for (s = [-1, 1]) translate([-1, s * 4.75, 6]) rotate([0, 90, 0]) cylinder(d = 2.2, h = 6, $fn = 16);
	}
}

// Posts in the corners that the base is screwed to, up from it to the face.
corners = [[left + 8, front + 8], [right - 8, front + 8], [left + 8, back - 8], [right - 5.6, back - 28], [width / 2, front + 8]];
module corner_posts() {
	intersection() {
		wedge(wall);
		difference() {
			for (c = corners) translate([c.x, c.y, -200]) cylinder(d = 8, h = 200);
			for (c = corners) translate([c.x, c.y, -depth(c.y) - 5]) cylinder(d = screw, h = min(depth(c.y) + 5 - wall - 1, 22));
		}
	}
}

module shell() {
	difference() {
		union() {
			difference() {
				outside();
				// Open below: the base closes it.
				wedge(wall);
				translate([0, 0, -2 * wall]) wedge(wall);
			}
			posts();
			display_frame();
			rest_inside();
			corner_posts();
		}
		openings();
	}
}

// The plate below: inside the walls, flush with their lower edge. Slots for air.
module base() {
	difference() {
		intersection() {
			wedge(0);
			translate([0, 0, -200]) linear_extrude(400) offset(r = 3) offset(delta = -3 - wall - gap)
				polygon([[left, front], [right, front], [right, back], [left, back]]);
			slab();
		}
		for (c = corners) translate([c.x, c.y, -depth(c.y) - 5]) {
			cylinder(d = 3.2, h = 30);
			cylinder(d = 6.4, h = 6.5);
		}
		for (i = [0:7]) translate([20 + 12 * i, 40, -200]) cube([3, 60, 400]);
	}
}

// What lies less than a wall's thickness above the table.
module slab() {
	rotate([90, 0, 90]) translate([0, 0, left])
		linear_extrude(right - left)
			polygon([[front, -depth(front)], [back, -depth(back)], [back, -depth(back) + wall / cos(tilt)], [front, -depth(front) + wall / cos(tilt)]]);
}

// A cap: what is pressed, a rim that the face holds, a stem down to the switch.
module cap(size, switch) {
	rim = 1;
	translate([0, 0, -wall - rim - gap]) linear_extrude(rim) square(size + [1.6, 1.6], center = true);
	hull() {
		translate([0, 0, -wall - gap]) linear_extrude(0.1) square(size, center = true);
		translate([0, 0, above_face - 0.8]) linear_extrude(0.1) square(size, center = true);
		translate([0, 0, above_face]) linear_extrude(0.1) square(size - [1, 1], center = true);
	}
	stem = lift - switch - wall - rim - gap;
	translate([0, 0, -lift + switch]) cylinder(d = min(size.x, size.y) * 0.7, h = stem + 0.1);
}

module caps() {
	at(keys) cap([key_size, key_size], key_height);
	at(small_keys) cap(small_key, small_key_height);
}

// The board and its tall parts, to see what touches what; not printed.
module board() {
	color("seagreen") translate([0, 0, -lift - board_thickness]) linear_extrude(board_thickness) difference() {
		square([width, height]);
		for (h = holes) translate(h) circle(d = hole_diameter);
	}
	color("black") translate([display.x, display.y, -wall - 3.9]) linear_extrude(3.9) square(display_size, center = true);
	color("silver") {
		translate([across("U6") - 8, height - 23.4, -lift - board_thickness - 18.5]) cube([16, 26.8, 14]);
		translate([across("J1") - 4.5, height - 7.3, -lift - board_thickness - 3.3]) cube([9, 7.3, 3.3]);
		translate([across("J2") - 6, height - 18, -lift - board_thickness - 12]) cube([12, 18.5, 12]);
		translate([across("J3") - 3, height - 17, -lift - board_thickness - 5]) cube([6, 17, 5]);
	}
}

if (part == "shell") shell();
else if (part == "base") base();
else if (part == "caps") caps();
else rotate([tilt, 0, 0]) {
	color("dimgray") shell();
	color("gainsboro") caps();
	color("gray") base();
	board();
}
