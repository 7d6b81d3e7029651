//! From other colour spaces to sRGB and back: three numbers in, three out, 1.0 for full.

/// Hue in degrees, saturation and lightness.
pub(super) fn hsl(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let hue = hue.rem_euclid(360.0);
    let spread = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|step: f32| {
        let k = (step + hue / 30.0) % 12.0;
        lightness - spread * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// Hue in degrees, shares of white and of black.
pub(super) fn hwb(hue: f32, white: f32, black: f32) -> [f32; 3] {
    if white + black >= 1.0 {
        return [white / (white + black); 3];
    }
    hsl(hue, 1.0, 0.5).map(|value| value * (1.0 - white - black) + white)
}

/// Chroma and a hue in degrees as two coordinates.
pub(super) fn polar(chroma: f32, hue: f32) -> (f32, f32) {
    let (sin, cos) = hue.to_radians().sin_cos();
    (chroma * cos, chroma * sin)
}

/// The transfer function of sRGB, from light to value.
pub(super) fn gamma(light: f32) -> f32 {
    let size = light.abs();
    let value = if size <= 0.003_130_8 { size * 12.92 } else { 1.055 * size.powf(1.0 / 2.4) - 0.055 };
    value.copysign(light)
}

/// The transfer function of sRGB, from value to light.
fn linear(value: f32) -> f32 {
    let size = value.abs();
    let light = if size <= 0.040_45 { size / 12.92 } else { ((size + 0.055) / 1.055).powf(2.4) };
    light.copysign(value)
}

/// Oklab.
pub(super) fn oklab(lightness: f32, a: f32, b: f32) -> [f32; 3] {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        gamma(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s),
        gamma(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s),
        gamma(-0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s),
    ]
}

/// To Oklab.
pub(super) fn to_oklab(unit: [f32; 3]) -> [f32; 3] {
    let [red, green, blue] = unit.map(linear);
    let l = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
    let m = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
    let s = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// CIE Lab under D50, adapted to the D65 of sRGB.
pub(super) fn lab(lightness: f32, a: f32, b: f32) -> [f32; 3] {
    let fy = (lightness + 16.0) / 116.0;
    let cube = |f: f32| if f.powi(3) > 0.008_856_452 { f.powi(3) } else { (116.0 * f - 16.0) / 903.296_3 };
    let x = cube(fy + a / 500.0) * 0.964_295_7;
    let y = if lightness > 8.0 { fy.powi(3) } else { lightness / 903.296_3 };
    let z = cube(fy - b / 200.0) * 0.825_104_6;
    [
        gamma(3.134_135_8 * x - 1.617_386 * y - 0.490_662_2 * z),
        gamma(-0.978_795_5 * x + 1.916_254_4 * y + 0.033_442_87 * z),
        gamma(0.071_955_39 * x - 0.228_976_76 * y + 1.405_386_1 * z),
    ]
}

/// Display P3.
pub(super) fn p3_to_srgb(unit: [f32; 3]) -> [f32; 3] {
    let [red, green, blue] = unit.map(linear);
    [
        gamma(1.224_940_2 * red - 0.224_940_2 * green),
        gamma(-0.042_056_955 * red + 1.042_057 * green),
        gamma(-0.019_637_555 * red - 0.078_636_04 * green + 1.098_273_6 * blue),
    ]
}
