package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as other tools write it. */
class CsvVariantsTest {

    private static final Box BOX = new Box(10, 20, 30, 45);

    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() throws IOException {
        Samples.image(folder.resolve("a.jpg"), 100, 50);
        Samples.image(folder.resolve("images/b.jpg"), 100, 50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filename,width,height,class,xmin,ymin,xmax,ymax | a.jpg,100,50,cat,10,20,30,45",
                "image,xmin,ymin,xmax,ymax,label | a.jpg,10,20,30,45,cat",
                "File_Name,X_Min,Y-Min,xMax,ymax,Class Name,Unnamed: 0 | a.jpg,10,20,30,45,cat,7",
                "path,x1,y1,x2,y2,class_name | a.jpg,10,20,30,45,cat",
                "image_path,left,top,right,bottom,category | a.jpg,10,20,30,45,cat",
                "image_path,left,top,width,height,category | a.jpg,10,20,20,25,cat",
                "image_id,width,height,bbox,label,source | a.jpg,100,50,\"[10.0, 20.0, 20.0, 25.0]\",cat,x",
                "filename,label,x,y,w,h | a.jpg,cat,10,20,20,25",
                "filename,class,x_center,y_center,width,height | a.jpg,cat,20,32.5,20,25",
                "filename,class,cx,cy,w,h,image_width,image_height | a.jpg,cat,20,32.5,20,25,100,50",
                "label_name,bbox_x,bbox_y,bbox_width,bbox_height,image_name,image_width,image_height"
                        + " | cat,10,20,20,25,a.jpg,100,50",
                "filename;class;xmin;ymin;xmax;ymax | a.jpg;cat;10;20;30;45",
                "filename,class,xmin,ymin,xmax,ymax,angle | a.jpg,cat,10,20,30,45,0.0",
                "filename,class,xmin,ymin,xmax,ymax | a.jpg,cat,0.1,0.4,0.3,0.9",
                "filename,class,x_center,y_center,w,h | a.jpg,cat,0.2,0.65,0.2,0.5",
            })
    void readsTheSameBox(String header, String row) throws IOException {
        Reading reading = inspect(header, row);

        assertThat(reading.orThrow().images()).hasSize(1);
        GroundTruth object = reading.dataset().images().get(0).objects().get(0);
        assertThat(object.label()).isEqualTo("cat");
        assertThat(object.box().toString()).isEqualTo(BOX.toString());
    }

    @Test
    void readsOpenImages() throws IOException {
        Reading reading = inspect(
                "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,"
                        + "IsInside",
                "a,xclick,/m/01yrx,1,0.1,0.3,0.4,0.9,0,0,0,0,0",
                "b,xclick,/m/01yrx,1,0,1,0,1,0,0,1,0,0");

        assertThat(reading.orThrow().images()).extracting(AnnotatedImage::name).containsExactly("a.jpg", "b.jpg");
        assertThat(reading.dataset().images().get(0).objects().get(0).box().toString())
                .isEqualTo(BOX.toString());
        assertThat(reading.dataset().images().get(1).objects())
                .containsExactly(new GroundTruth("/m/01yrx", new Box(0, 0, 100, 50), 5000, false, true));
        assertThat(kinds(reading)).containsExactly("fractions");
    }

    @Test
    void saysHowItReadsWhatCanBeReadInSeveralWays() throws IOException {
        assertThat(kinds(inspect("filename,class,xmin,ymin,xmax,ymax", "a.jpg,cat,10,20,30,45")))
                .isEmpty();
        assertThat(kinds(inspect("filename;x;y;w;h;score", "a.jpg;10;20;20;25;0.9")))
                .containsExactly("separator", "columns", "no-classes", "confidences");
        assertThat(kinds(inspect("image_id\twidth\theight\tbbox\tsource", "a\t100\t50\t[10, 20, 20, 25]\tx")))
                .containsExactly("separator", "columns", "no-classes");
    }

    @Test
    void refusesColumnsThatCannotBeMeant() throws IOException {
        assertThat(Samples.kinds(inspect("filename,class,xmin,ymin,xmax,ymax,xmin", "a.jpg,cat,10,20,30,45,3")))
                .containsExactly("bad-columns");
        assertThat(Samples.kinds(inspect("filename,class,x1,y1,x2,y2,x3,y3,x4,y4", "a.jpg,cat,9,9,20,9,20,20,9,20")))
                .containsExactly("bad-columns");
        assertThat(inspect("filename,class,xmin,ymin,xmax,ymax,Angle_deg", "a.jpg,cat,10,20,30,45,45")
                        .problems())
                .isNotEmpty();
    }

    @Test
    void saysWhichColumnsCountAndWhichDoNot() throws IOException {
        assertThat(kinds(inspect("filename,path,class,xmin,ymin,xmax,ymax", "a.jpg,b.jpg,cat,10,20,30,45")))
                .contains("columns-of-one-meaning");
        assertThat(inspect("filename,class,xmin,ymin,xmax,ymax,split,lost", "a.jpg,cat,10,20,30,45,test,1")
                        .notes())
                .extracting(Note::text)
                .contains("columns without a meaning here are passed over: split, lost");
    }

    @Test
    void takesWholeNumbersForPixels() throws IOException {
        Reading reading = inspect("filename,class,xmin,ymin,xmax,ymax", "a.jpg,cat,0,0,1,1");

        assertThat(reading.orThrow().images().get(0).objects().get(0).box()).isEqualTo(new Box(0, 0, 1, 1));
    }

    @Test
    void tellsFractionsAmongPixels() throws IOException {
        Reading reading =
                inspect("filename,class,xmin,ymin,xmax,ymax", "a.jpg,cat,0.1,0.4,0.3,0.9", "b.jpg,cat,10,20,30,45");

        assertThat(Samples.kinds(reading)).containsExactly("mixed-units");
        assertThat(reading.problems().get(0).line()).isEqualTo(2);
        assertThat(reading.dataset().images()).extracting(AnnotatedImage::name).containsExactly("b.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jpg,10,20,30,45,cat",
                "filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes",
                "filename,xmin,ymin,xmax,ymax,klass",
                "filename,class,xmin,ymin",
                "class,xmin,ymin,xmax,ymax",
                ""
            })
    void namesWhatAHeaderMayBe(String header) throws IOException {
        Reading reading = inspect(header, "a.jpg,10,20,30,45,cat");

        assertThat(Samples.kinds(reading)).containsExactly("missing-key");
        assertThat(reading.problems().get(0).problem())
                .startsWith("first line must name the columns filename (or file, ")
                .contains("imageid", "labelname", "x_center", "bbox");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    void tellsTurnedBoxesDecimalCommasAndLineBreaks() throws IOException {
        String header = "filename,class,xmin,ymin,xmax,ymax";

        assertThat(Samples.kinds(inspect(header + ",theta", "a.jpg,cat,10,20,30,45,0.3")))
                .containsExactly("rotated-box");
        Reading comma = inspect(header.replace(',', ';'), "a.jpg;cat;10,5;20;30;45", "b.jpg;cat;10;20;30;45");
        assertThat(Samples.kinds(comma)).containsExactly("decimal-comma");
        assertThat(comma.problems().get(0).problem()).contains("found 10,5", "write 10.5");
        assertThat(comma.dataset().images()).extracting(AnnotatedImage::name).containsExactly("b.jpg");
        Reading broken = inspect(header, "b.jpg,cat,10,20,30,45", "a.jpg,\"big", "cat\",10,20,30,45");
        assertThat(Samples.kinds(broken)).containsExactly("broken-csv");
        assertThat(broken.problems().get(0).line()).isEqualTo(3);
        assertThat(broken.dataset().images()).isEmpty();
    }

    @Test
    void takesTwoNamesOfOneFileForOneImage() throws IOException {
        Reading reading = inspect(
                "filename,class,xmin,ymin,xmax,ymax", "images\\b.jpg,cat,10,20,30,45", "images/b.jpg,cat,1,2,3,4");

        assertThat(reading.orThrow().images()).hasSize(1);
        assertThat(reading.dataset().objectCount()).isEqualTo(2);
    }

    @Test
    void leavesOutAnImageWithABrokenLineUnderAnyName() throws IOException {
        Reading reading =
                inspect("filename,class,xmin,ymin,xmax,ymax", "images\\b.jpg,cat,10", "images/b.jpg,cat,1,2,3,4");

        assertThat(Samples.kinds(reading)).containsExactly("broken-csv");
        assertThat(reading.dataset().images()).isEmpty();
    }

    private Reading inspect(String... lines) throws IOException {
        Path csv = Samples.text(folder.resolve("d.csv"), String.join("\n", lines) + "\n");
        return Csv.inspect(csv, null, ReadOptions.defaults());
    }

    private static List<String> kinds(Reading reading) {
        reading.orThrow();
        return reading.notes().stream().map(Note::kind).toList();
    }
}
